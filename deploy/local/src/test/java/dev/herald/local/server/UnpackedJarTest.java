package dev.herald.local.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.herald.local.process.JavaCommand;
import dev.herald.local.process.LogFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnpackedJarTest {

    @TempDir
    private Path folder;

    private Path packed = Path.of("");
    private LogFile log = new LogFile(packed);

    @BeforeEach
    void nameTheJar() {
        packed = folder.resolve("a-service-1.0.jar");
        log = new LogFile(folder.resolve("a-service.log"));
    }

    @Test
    void isKeptWhileAProcessRunsFromIt() throws Exception {
        Path first = build("first");
        Process running = new ProcessBuilder(JavaCommand.with().jar(first, "run")).start();
        try {
            running.getInputStream().read();

            Path second = build("second");

            assertThat(second).exists().isNotEqualTo(first);
            assertThat(first).exists();
        } finally {
            running.destroyForcibly().waitFor();
        }
        build("third");

        assertThat(first).doesNotExist();
    }

    @Test
    void isTheSameAfterTheSameBuild() throws Exception {
        Path first = build("first");
        Path cache = Files.writeString(new UnpackedJar(packed).startupCache(), "cache");

        assertThat(build("first")).isEqualTo(first);
        assertThat(cache).exists();
    }

    private Path build(String content) throws IOException, InterruptedException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, Program.class.getName());
        String name = Program.class.getName().replace('.', '/') + ".class";
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(packed), manifest);
                InputStream program = Objects.requireNonNull(Program.class.getResourceAsStream("/" + name))) {
            jar.putNextEntry(new JarEntry(name));
            program.transferTo(jar);
            jar.putNextEntry(new JarEntry(content));
        }
        UnpackedJar jar = new UnpackedJar(packed);
        jar.unpack(log);
        return jar.unpacked();
    }

    /** Stands for a Spring Boot jar: extracts itself, or runs until it is stopped. */
    static final class Program {

        static void main(String[] arguments) throws Exception {
            if (arguments[0].equals("extract")) {
                Path self = Path.of(System.getProperty("java.class.path"));
                Files.copy(self, Path.of(arguments[3]).resolve(self.getFileName()));
            } else {
                System.out.println("running");
                Thread.sleep(60_000);
            }
        }
    }
}
