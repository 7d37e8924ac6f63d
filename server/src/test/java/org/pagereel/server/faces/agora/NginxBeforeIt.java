package org.pagereel.server.faces.agora;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.pagereel.recorder.process.Await;

/**
 * Debian's nginx in front of a server or several, which take turns, configured as
 * docs/CONFIGURATION.md says, with a certificate of an authority that was made a moment ago.
 */
final class NginxBeforeIt implements AutoCloseable {
  private static final String PASSWORD = "changeit";

  private final Path folder;
  private final Process nginx;

  NginxBeforeIt(Path folder, String name, int port, int... servers) throws Exception {
    Optional<Path> program = program();
    assumeTrue(program.isPresent(), "there is no nginx; ./pagereel test unpacks it");
    this.folder = Files.createDirectories(folder);
    makeCertificates(name);
    String site =
        documented()
            .replace("listen 443 ssl", "listen 127.0.0.1:" + port + " ssl")
            .replace("http://127.0.0.1:8080", "http://pagereel")
            .replace("/etc/ssl/record.example.com", folder.resolve("site").toString())
            .replace("record.example.com", name);
    String temporary =
        Stream.of("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
            .map(kind -> "%s_temp_path %s;\n".formatted(kind, folder.resolve(kind)))
            .reduce("", String::concat);
    Path configuration =
        Files.writeString(
            folder.resolve("nginx.conf"),
            """
            daemon off;
            master_process off;
            pid %s;
            error_log stderr;
            events {}
            http {
            access_log off;
            %s%s%s}
            """
                .formatted(folder.resolve("pid"), temporary, upstream(servers), site));
    nginx =
        new ProcessBuilder(
                "setpriv",
                "--pdeathsig=KILL",
                "--",
                program.get().toString(),
                "-p",
                folder.toString(),
                "-c",
                configuration.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    if (!Await.until(Duration.ofSeconds(20), () -> answers(port))) {
      nginx.destroyForcibly();
      throw new IOException("nginx: " + Files.readString(folder.resolve("log")));
    }
  }

  private static String upstream(int... servers) {
    String each =
        IntStream.of(servers).mapToObj("server 127.0.0.1:%d;\n"::formatted).collect(joining());
    return "upstream pagereel {\n" + each + "}\n";
  }

  /** Trusts the authority. */
  SSLContext trust() throws Exception {
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    KeyStore believed = KeyStore.getInstance("PKCS12");
    believed.load(null, null);
    believed.setCertificateEntry("authority", keys().getCertificate("authority"));
    trust.init(believed);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  @Override
  public void close() {
    nginx.destroy();
    if (!Await.until(Duration.ofSeconds(5), () -> !nginx.isAlive())) {
      nginx.destroyForcibly();
    }
  }

  /** What the documentation has, so that it is true. */
  private static String documented() throws IOException {
    Path home = Path.of(System.getProperty("pagereel.home"));
    String text = Files.readString(home.resolve("docs/CONFIGURATION.md"));
    int start = text.indexOf("    server {");
    return text.substring(start, text.indexOf("\n    }\n", start) + "\n    }\n".length());
  }

  private static Optional<Path> program() {
    Path home = Path.of(System.getProperty("pagereel.home"));
    return Stream.concat(
            Stream.of(System.getenv("PATH").split(":", -1)).map(Path::of),
            Stream.of(Path.of("/usr/sbin"), home.resolve(".pagereel/tools/usr/sbin")))
        .map(path -> path.resolve("nginx"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static boolean answers(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  private void makeCertificates(String name) throws Exception {
    keytool("authority", "-dname", "CN=Authority of a test", "-ext", "bc:c=ca:true");
    keytool("site", "-dname", "CN=" + name, "-ext", "san=dns:" + name, "-signer", "authority");
    KeyStore keys = keys();
    StringBuilder chain = new StringBuilder();
    for (Certificate certificate : keys.getCertificateChain("site")) {
      chain.append(pem("CERTIFICATE", certificate.getEncoded()));
    }
    Files.writeString(folder.resolve("site.crt"), chain);
    byte[] key = keys.getKey("site", PASSWORD.toCharArray()).getEncoded();
    Files.writeString(folder.resolve("site.key"), pem("PRIVATE KEY", key));
  }

  private void keytool(String alias, String... more) throws Exception {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    words.addAll(List.of("-genkeypair", "-alias", alias, "-keyalg", "EC", "-validity", "2"));
    words.addAll(List.of("-keystore", store().toString(), "-storepass", PASSWORD));
    words.addAll(List.of(more));
    Process keytool = new ProcessBuilder(words).redirectErrorStream(true).start();
    String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (keytool.waitFor() != 0) {
      throw new IOException(said);
    }
  }

  private KeyStore keys() throws IOException, GeneralSecurityException {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store())) {
      keys.load(in, PASSWORD.toCharArray());
    }
    return keys;
  }

  private Path store() {
    return folder.resolve("keys.p12");
  }

  private static String pem(String kind, byte[] content) {
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(kind, text, kind);
  }
}
