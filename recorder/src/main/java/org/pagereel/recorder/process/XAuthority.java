package org.pagereel.recorder.process;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;

/**
 * The cookie that lets only this recording's processes onto its screen.
 *
 * <p>Without one any local account may read and type on an Xvfb display. The file has one entry of
 * the format of libXau's {@code XauWriteAuth}: family "wild" (any host, any display), so it can be
 * written before the display has a number.
 */
public final class XAuthority {
  private static final int FAMILY_WILD = 0xFFFF;

  private XAuthority() {}

  public static Path write(Path file, Account account) {
    byte[] cookie = new byte[16];
    new SecureRandom().nextBytes(cookie);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeShort(FAMILY_WILD);
      field(out, new byte[0]);
      field(out, new byte[0]);
      field(out, "MIT-MAGIC-COOKIE-1".getBytes(StandardCharsets.US_ASCII));
      field(out, cookie);
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.write(file, bytes.toByteArray());
      return account.own(file);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write the screen's cookie " + file, e);
    }
  }

  private static void field(DataOutputStream out, byte[] value) throws IOException {
    out.writeShort(value.length);
    out.write(value);
  }
}
