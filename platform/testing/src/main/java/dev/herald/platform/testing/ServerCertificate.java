package dev.herald.platform.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;

/** A self-signed certificate for localhost, as PEM and as PKCS #12, in a folder of its own below {@code target}. */
public record ServerCertificate(Path folder) {

    public static final String PASSWORD = "password";

    public static ServerCertificate create() {
        try {
            Path folder = Files.createTempDirectory(
                    Files.createDirectories(Path.of("target")).toAbsolutePath(), "tls");
            ServerCertificate certificate = new ServerCertificate(folder);
            certificate.generate();
            return certificate;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public Path store() {
        return folder.resolve("tls.p12");
    }

    /** The certificate, which is self-signed and so also that of its authority. */
    public Path certificate() {
        return folder.resolve("ca.crt");
    }

    public Path key() {
        return folder.resolve("tls.key");
    }

    private void generate() throws IOException, InterruptedException, GeneralSecurityException {
        String arguments = "-genkeypair -alias server -keyalg RSA -dname CN=localhost -storetype PKCS12";
        String[] command = ("keytool " + arguments + " -ext san=dns:localhost,ip:127.0.0.1 -storepass " + PASSWORD
                        + " -keystore " + store().getFileName())
                .split(" ");
        command[0] = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        Process keytool = new ProcessBuilder(command)
                .directory(folder.toFile())
                .inheritIO()
                .start();
        assertThat(keytool.waitFor()).isZero();

        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream file = Files.newInputStream(store())) {
            keys.load(file, PASSWORD.toCharArray());
        }
        byte[] certificate = keys.getCertificate("server").getEncoded();
        write(certificate(), "CERTIFICATE", certificate);
        write(folder.resolve("tls.crt"), "CERTIFICATE", certificate);
        write(
                key(),
                "PRIVATE KEY",
                keys.getKey("server", PASSWORD.toCharArray()).getEncoded());
        KeyStore authorities = KeyStore.getInstance("PKCS12");
        authorities.load(null, null);
        authorities.setCertificateEntry("authority", keys.getCertificate("server"));
        try (OutputStream file = Files.newOutputStream(folder.resolve("ca.p12"))) {
            authorities.store(file, PASSWORD.toCharArray());
        }
        // PostgreSQL refuses a key file that other users can read.
        Files.setPosixFilePermissions(key(), PosixFilePermissions.fromString("rw-------"));
    }

    private static void write(Path file, String type, byte[] content) throws IOException {
        String base64 = Base64.getMimeEncoder().encodeToString(content);
        Files.writeString(file, "-----BEGIN %1$s-----%n%2$s%n-----END %1$s-----%n".formatted(type, base64));
    }
}
