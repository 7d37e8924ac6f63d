package org.pagereel.server.faces.tencent;

import java.util.Optional;
import org.pagereel.server.platform.config.TencentAccount;

/**
 * What somebody who may do so asks for.
 *
 * @param account the caller's; empty if the settings ask for no authentication
 */
record Call(Optional<TencentAccount> account, Action action, Fields parameters) {}
