// SPDX-License-Identifier: Apache-2.0
/** Types of file systems by what a mount of one can show. Pure. */

/** A mount's file system, as mountinfo tells of it. */
interface FileSystem {
  readonly filesystem: string;
  /** Comma-separated. */
  readonly options: string;
}

/**
 * anybodys: memory of its own, or what a server gives: nothing of the host, whoever mounts it.
 * hosts: a device, a directory that the hypervisor shares, a program that answers for the
 * files: only whoever mounted it knows what it shows.
 * unknown: all else. It shows the kernel's or the host's own (proc, mqueue, overlay), or
 * takes further files by its options, which mountinfo does not tell (erofs).
 */
type Shows = "anybodys" | "hosts" | "unknown";

const MEMORY = "tmpfs ramfs";
const MEMORIES = new Set(MEMORY.split(" "));
const SERVERS = "ceph cifs nfs nfs4 smb3";
/** FUSE programs that know no files but a server's. */
const FUSE_SERVERS = "fuse.ceph-fuse fuse.gcsfuse fuse.glusterfs fuse.s3fs fuse.sshfs";
const ANYBODYS = new Set(`${MEMORY} ${SERVERS} ${FUSE_SERVERS}`.split(" "));

const DISKS =
  "bcachefs btrfs exfat ext2 ext3 ext4 f2fs fuseblk hfs hfsplus iso9660 jfs msdos nilfs2 ntfs ntfs3 reiserfs squashfs udf vfat xfs zfs";
/** File systems that many hosts have together; root decides which directory is mounted. */
const CLUSTERS = "afs beegfs gfs2 gpfs lustre ocfs2 orangefs";
const HYPERVISORS = "9p vboxsf virtiofs";
const HOSTS = new Set(`${DISKS} ${CLUSTERS} ${HYPERVISORS} fuse`.split(" "));

/** What 9p speaks to a server by; virtio is the hypervisor, fd and unix are the mounter's own. */
const NETWORK_TRANSPORTS = ["trans=tcp", "trans=rdma"];

export function showsOf({ filesystem, options }: FileSystem): Shows {
  if (filesystem === "9p") {
    const transports = options.split(",").filter((option) => option.startsWith("trans="));
    const network = transports.every((option) => NETWORK_TRANSPORTS.includes(option));
    return transports.length > 0 && network ? "anybodys" : "hosts";
  }
  if (ANYBODYS.has(filesystem)) return "anybodys";
  return HOSTS.has(filesystem) || filesystem.startsWith("fuse.") ? "hosts" : "unknown";
}

/** The option by which a file system takes a second device or file, if it tells of one. */
export function furtherDevice({ options }: FileSystem): string | undefined {
  return options.split(",").find((option) => option.startsWith("device="));
}

/** Whether what is in it lies in memory alone. */
export function isMemory({ filesystem }: FileSystem): boolean {
  return MEMORIES.has(filesystem);
}

/** Kernel file systems: under a recursive bind they would show the host's. */
const PSEUDO =
  "binder binfmt_misc bpf cgroup cgroup2 configfs debugfs devpts devtmpfs efivarfs functionfs fusectl mqueue nfsd nsfs proc pstore resctrl rpc_pipefs securityfs selinuxfs smackfs sysfs tracefs xenfs";
const LAYERS = "aufs ecryptfs overlay";
const PSEUDOS = new Set(PSEUDO.split(" "));
const SHOWS_OTHERS = new Set(`${PSEUDO} ${LAYERS}`.split(" "));

export function isPseudo({ filesystem }: FileSystem): boolean {
  return PSEUDOS.has(filesystem);
}

/** Whether it is known to show the kernel's files, or other directories under its own names. */
export function showsOthers({ filesystem }: FileSystem): boolean {
  return SHOWS_OTHERS.has(filesystem);
}
