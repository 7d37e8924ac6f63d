package org.pagereel.server.platform.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files as kernels show them: this machine has version 1 only, so both are laid out here. */
class ControlGroupTest {
  private static final long MIB = 1 << 20;

  @TempDir Path root;

  private void file(String name, String text) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  /** As in a container of Docker or Kubernetes: its own group is the root of what it sees. */
  @Test
  void version2InAContainer() throws Exception {
    file("proc/self/cgroup", "0::/\n");
    file(
        "proc/self/mountinfo",
        "30 23 0:26 / /sys/fs/cgroup ro,nosuid,nodev,noexec - cgroup2 cgroup rw,nsdelegate\n");
    file("sys/fs/cgroup/cpu.max", "150000 100000\n");
    file("sys/fs/cgroup/cpu.stat", "usage_usec 1234567\nuser_usec 1000000\n");
    file("sys/fs/cgroup/memory.max", 2048 * MIB + "\n");
    file("sys/fs/cgroup/memory.current", 1500 * MIB + "\n");
    file("sys/fs/cgroup/memory.stat", "anon 5\ninactive_file " + 700 * MIB + "\n");
    ControlGroup group = ControlGroup.of(root);
    assertThat(group.cores()).hasValue(1.5);
    assertThat(group.usedNanos()).hasValue(1_234_567_000L);
    assertThat(group.availableBytes()).as("cache is given back").hasValue(1248 * MIB);
  }

  /** As under systemd: the service's slice is limited, the service itself is not. */
  @Test
  void version2TheTightestLevelCounts() throws Exception {
    file("proc/self/cgroup", "0::/system.slice/pagereel.service\n");
    file("proc/self/mountinfo", "30 23 0:26 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n");
    file("sys/fs/cgroup/system.slice/pagereel.service/cpu.max", "max 100000\n");
    file("sys/fs/cgroup/system.slice/pagereel.service/memory.max", "max\n");
    file("sys/fs/cgroup/system.slice/cpu.max", "300000 100000\n");
    file("sys/fs/cgroup/system.slice/cpu.stat", "usage_usec 77\n");
    file("sys/fs/cgroup/system.slice/memory.max", 100 * MIB + "\n");
    file("sys/fs/cgroup/system.slice/memory.current", 40 * MIB + "\n");
    ControlGroup group = ControlGroup.of(root);
    assertThat(group.cores()).hasValue(3.0);
    assertThat(group.usedNanos()).as("of all that share it").hasValue(77_000L);
    assertThat(group.availableBytes()).hasValue(60 * MIB);
  }

  /** Controllers in trees of their own; version 2 is mounted beside them, without any. */
  @Test
  void version1() throws Exception {
    file(
        "proc/self/cgroup",
        "4:memory:/lxc/one\n2:cpuacct,cpu:/lxc/one\n1:name=systemd:/\n0::/lxc/one\n");
    file(
        "proc/self/mountinfo",
        """
        25 20 0:22 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw
        26 20 0:23 / /sys/fs/cgroup/cpu,cpuacct rw shared:9 - cgroup cgroup rw,cpu,cpuacct
        27 20 0:24 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory
        """);
    file("sys/fs/cgroup/cpu,cpuacct/lxc/one/cpu.cfs_quota_us", "50000\n");
    file("sys/fs/cgroup/cpu,cpuacct/lxc/one/cpu.cfs_period_us", "100000\n");
    file("sys/fs/cgroup/cpu,cpuacct/lxc/one/cpu.stat", "nr_periods 5\nnr_throttled 2\n");
    file("sys/fs/cgroup/cpu,cpuacct/lxc/one/cpuacct.usage", "987654321\n");
    file("sys/fs/cgroup/cpu,cpuacct/cpu.cfs_quota_us", "-1\n");
    file("sys/fs/cgroup/memory/lxc/one/memory.limit_in_bytes", 512 * MIB + "\n");
    file("sys/fs/cgroup/memory/lxc/one/memory.usage_in_bytes", 500 * MIB + "\n");
    file("sys/fs/cgroup/memory/lxc/one/memory.stat", "total_inactive_file " + 100 * MIB + "\n");
    file("sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712\n");
    file("sys/fs/cgroup/memory/memory.usage_in_bytes", "1\n");
    ControlGroup group = ControlGroup.of(root);
    assertThat(group.cores()).hasValue(0.5);
    assertThat(group.usedNanos()).hasValue(987_654_321L);
    assertThat(group.availableBytes()).hasValue(112 * MIB);
  }

  @Test
  void noLimitAtAll() throws Exception {
    file("proc/self/cgroup", "2:cpu:/\n0::/\n");
    file("proc/self/mountinfo", "26 20 0:23 / /sys/fs/cgroup/cpu rw - cgroup cgroup rw,cpu\n");
    file("sys/fs/cgroup/cpu/cpu.cfs_quota_us", "-1\n");
    file("sys/fs/cgroup/cpu/cpu.cfs_period_us", "100000\n");
    ControlGroup group = ControlGroup.of(root);
    assertThat(group.cores()).isEmpty();
    assertThat(group.usedNanos()).isEqualTo(OptionalLong.empty());
    assertThat(group.availableBytes()).isEmpty();
  }

  @Test
  void aSystemWithoutAny() {
    ControlGroup group = ControlGroup.of(root);
    assertThat(group.cores()).isEmpty();
    assertThat(group.availableBytes()).isEmpty();
  }

  @Test
  void whatThisMachineShowsCanBeRead() {
    LinuxReadings readings = new LinuxReadings(Path.of("/"));
    assertThat(readings.cores()).isBetween(1.0, 1024.0);
    assertThat(readings.busyNanos()).isPositive();
    assertThat(readings.availableBytes()).isBetween(MIB, 1L << 46);
    long own = ProcessHandle.current().pid();
    assertThat(readings.trees(java.util.Set.of(own)).get(own).bytes()).isGreaterThan(MIB);
  }
}
