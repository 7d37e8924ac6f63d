/** Signatures of users of Tencent's apps, TLSSigAPIv2 (docs/vendors/tencent.md, "UserSig"). */
@NullMarked
package org.pagereel.server.faces.usersig;

import org.jspecify.annotations.NullMarked;
