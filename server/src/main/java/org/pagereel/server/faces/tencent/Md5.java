package org.pagereel.server.faces.tencent;

import org.pagereel.server.platform.http.Digest;

/** MD5 where the vendor's form asks for it: the sign of a callback, and ids of videos. */
final class Md5 {
  private Md5() {}

  static String hex(String text) {
    return Digest.hex("MD5", text);
  }
}
