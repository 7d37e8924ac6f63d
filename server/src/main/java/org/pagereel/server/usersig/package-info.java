/** Signatures of users of Tencent's apps, TLSSigAPIv2 (docs/vendors/tencent.md, "UserSig"). */
@NullMarked
package org.pagereel.server.usersig;

import org.jspecify.annotations.NullMarked;
