package dev.herald.platform.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import javax.net.ssl.SSLContext;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslStoreBundle;

/** A self-signed certificate, as PEM and as PKCS #12, in a folder of its own below {@code target}. */
public record ServerCertificate(Path folder) {

    public static final String PASSWORD = "password";

    /** For localhost. */
    public static ServerCertificate create() {
        return create("dns:localhost,ip:127.0.0.1");
    }

    private static ServerCertificate create(String names) {
        try {
            Path folder = Files.createTempDirectory(
                    Files.createDirectories(Path.of("target")).toAbsolutePath(), "tls");
            ServerCertificate certificate = new ServerCertificate(folder);
            certificate.generate(names);
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

    /**
     * Creates a certificate for another host, and adds its authority to those in {@link #certificate}.
     *
     * @param names as keytool writes them, such as {@code dns:localhost}
     */
    public ServerCertificate alsoFor(String names) {
        try {
            ServerCertificate other = create(names);
            Files.writeString(certificate(), Files.readString(other.certificate()), StandardOpenOption.APPEND);
            return other;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** For a server with this certificate. */
    SSLContext tls() {
        try {
            return SslBundle.of(SslStoreBundle.of(keys(), PASSWORD, null)).createSslContext();
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private void generate(String names) throws IOException, InterruptedException, GeneralSecurityException {
        String[] command = ("keytool -genkeypair -alias server -keyalg EC -storetype PKCS12 -storepass " + PASSWORD
                        + " -keystore " + store().getFileName() + " -dname CN=" + folder.getFileName()
                        + " -ext san=" + names)
                .split(" ");
        command[0] = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        Process keytool = new ProcessBuilder(command)
                .directory(folder.toFile())
                .inheritIO()
                .start();
        assertThat(keytool.waitFor()).isZero();

        KeyStore keys = keys();
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

    private KeyStore keys() throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream file = Files.newInputStream(store())) {
            keys.load(file, PASSWORD.toCharArray());
        }
        return keys;
    }

    private static void write(Path file, String type, byte[] content) throws IOException {
        String base64 = Base64.getMimeEncoder().encodeToString(content);
        Files.writeString(file, "-----BEGIN %1$s-----%n%2$s%n-----END %1$s-----%n".formatted(type, base64));
    }
}
