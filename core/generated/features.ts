// SPDX-License-Identifier: Apache-2.0
// Generated from schemas/features.schema.json by `npm run generate`. Do not edit.

/**
 * What `runc features` prints, as the OCI runtime specification 1.1 to 1.3 has it (features.md and features-linux.md). What is left out is unknown, not missing; properties that no version names may be anything.
 */
export interface Features {
  /**
   * The oldest version of the specification that the runtime knows.
   */
  ociVersionMin?: string;
  /**
   * The newest version of the specification that the runtime knows.
   */
  ociVersionMax?: string;
  /**
   * Stages for which it runs hooks, such as createRuntime.
   */
  hooks?: string[];
  /**
   * Mount options that it knows itself, such as rro; a file system may have more.
   */
  mountOptions?: string[];
  /**
   * What the runtime tells of itself, such as its version, by name.
   */
  annotations?: {
    [k: string]: string;
  };
  /**
   * Annotations of a config.json that change what the runtime does; one that ends in a dot stands for all that begin so.
   */
  potentiallyUnsafeConfigAnnotations?: string[];
  linux?: LinuxFeatures;
}
/**
 * What only Linux has (features-linux.md).
 */
export interface LinuxFeatures {
  /**
   * Types of namespaces that it knows.
   */
  namespaces?: string[];
  /**
   * Capabilities that it knows, such as CAP_BPF.
   */
  capabilities?: string[];
  cgroup?: CgroupFeatures;
  seccomp?: SeccompFeatures;
  apparmor?: ApparmorFeatures;
  selinux?: SelinuxFeatures;
  intelRdt?: IntelRdtFeatures;
  mountExtensions?: MountExtensions;
  netDevices?: NetDevicesFeatures;
  memoryPolicy?: MemoryPolicyFeatures;
}
/**
 * How it makes control groups.
 */
export interface CgroupFeatures {
  /**
   * Whether it knows version 1.
   */
  v1?: boolean;
  /**
   * Whether it knows version 2.
   */
  v2?: boolean;
  /**
   * Whether it can ask systemd for them.
   */
  systemd?: boolean;
  /**
   * Whether it can ask a user's systemd for them.
   */
  systemdUser?: boolean;
  /**
   * Whether it sets limits of RDMA.
   */
  rdma?: boolean;
}
/**
 * How it filters system calls.
 */
export interface SeccompFeatures {
  /**
   * Whether seccomp is compiled in; without it, unknown.
   */
  enabled?: boolean;
  /**
   * Actions that it knows, such as SCMP_ACT_NOTIFY.
   */
  actions?: string[];
  /**
   * Comparisons that it knows, such as SCMP_CMP_EQ.
   */
  operators?: string[];
  /**
   * Architectures that it knows, such as SCMP_ARCH_X86_64.
   */
  archs?: string[];
  /**
   * Flags of a filter that it knows.
   */
  knownFlags?: string[];
  /**
   * Those of them that this kernel and libseccomp take.
   */
  supportedFlags?: string[];
}
/**
 * How it sets AppArmor profiles.
 */
export interface ApparmorFeatures {
  /**
   * Whether AppArmor is compiled in; without it, unknown.
   */
  enabled?: boolean;
}
/**
 * How it sets SELinux labels.
 */
export interface SelinuxFeatures {
  /**
   * Whether SELinux is compiled in; without it, unknown.
   */
  enabled?: boolean;
}
/**
 * How it uses Intel's Resource Director Technology.
 */
export interface IntelRdtFeatures {
  /**
   * Whether its support is compiled in; without it, unknown.
   */
  enabled?: boolean;
  /**
   * Whether it knows linux.intelRdt.schemata.
   */
  schemata?: boolean;
  /**
   * Whether it knows linux.intelRdt.enableMonitoring.
   */
  monitoring?: boolean;
}
/**
 * Mounts beyond mount(2).
 */
export interface MountExtensions {
  idmap?: IdmapFeatures;
}
/**
 * Mounts with other user and group IDs.
 */
export interface IdmapFeatures {
  /**
   * Whether their support is compiled in; without it, unknown.
   */
  enabled?: boolean;
}
/**
 * How it moves network devices into a container.
 */
export interface NetDevicesFeatures {
  /**
   * Whether their support is compiled in; without it, unknown.
   */
  enabled?: boolean;
}
/**
 * How it sets NUMA policies.
 */
export interface MemoryPolicyFeatures {
  /**
   * Modes that it knows, such as MPOL_BIND.
   */
  modes?: string[];
  /**
   * Flags that it knows, such as MPOL_F_STATIC_NODES.
   */
  flags?: string[];
}
