package org.pagereel.server.platform.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.pagereel.recorder.FailureCategory;
import org.pagereel.recorder.RecordingFailure;
import org.pagereel.recorder.process.Program;

/** The key of {@link PageGateway}: made here, and trusted by this server's own browsers only. */
public final class GatewayKey {
  /** The file is readable by this account only; the format wants a password. */
  static final String PASSWORD = "pagereel";

  private static final String ALIAS = "door";
  private static final Duration DEADLINE = Duration.ofSeconds(60);
  private final KeyStore keys;

  private GatewayKey(KeyStore keys) {
    this.keys = keys;
  }

  /**
   * Reads the key, or makes it at the first call.
   *
   * @throws RecordingFailure the file cannot be read or written
   */
  public static GatewayKey of(Path file) {
    try {
      if (!Files.exists(file)) {
        make(file);
      }
      KeyStore keys = KeyStore.getInstance("PKCS12");
      try (InputStream in = Files.newInputStream(file)) {
        keys.load(in, PASSWORD.toCharArray());
      }
      return new GatewayKey(keys);
    } catch (IOException | GeneralSecurityException e) {
      throw new RecordingFailure(FailureCategory.USER, "Cannot use " + file + ": " + e, e);
    }
  }

  KeyStore keys() {
    return keys;
  }

  /** The key's fingerprint for Chromium: SHA-256 of the public key, in Base64. */
  public String fingerprint() {
    try {
      byte[] spki = keys.getCertificate(ALIAS).getPublicKey().getEncoded();
      return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-256").digest(spki));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void make(Path file) throws IOException {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(fresh);
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-genkeypair",
            "-alias",
            ALIAS,
            "-keyalg",
            "EC",
            "-groupname",
            "secp256r1",
            "-validity",
            "36500",
            "-dname",
            "CN=Pagereel",
            "-storetype",
            "PKCS12",
            "-keystore",
            fresh.toString(),
            "-storepass",
            PASSWORD);
    Path said = fresh.resolveSibling(fresh.getFileName() + ".log");
    ProcessBuilder keytool = new ProcessBuilder(command).redirectErrorStream(true);
    try {
      if (Program.run(keytool.redirectOutput(said.toFile()), DEADLINE) != 0) {
        throw new IOException("keytool: " + Files.readString(said).strip());
      }
    } finally {
      Files.deleteIfExists(said);
    }
    Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-------"));
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
