// SPDX-License-Identifier: Apache-2.0
/* subvolume PARENT NAME [SOURCE]: makes a subvolume of btrfs, or a snapshot of another one. */
#include <fcntl.h>
#include <linux/btrfs.h>
#include <stdio.h>
#include <sys/ioctl.h>

int main(int argc, char **argv)
{
	struct btrfs_ioctl_vol_args_v2 snapshot = { 0 };
	struct btrfs_ioctl_vol_args made = { 0 };
	int parent, failed;

	if (argc < 3)
		return 2;
	parent = open(argv[1], O_RDONLY | O_DIRECTORY);
	snprintf(made.name, sizeof(made.name), "%s", argv[2]);
	snprintf(snapshot.name, sizeof(snapshot.name), "%s", argv[2]);
	if (argc > 3) {
		snapshot.fd = open(argv[3], O_RDONLY | O_DIRECTORY);
		failed = ioctl(parent, BTRFS_IOC_SNAP_CREATE_V2, &snapshot);
	} else {
		failed = ioctl(parent, BTRFS_IOC_SUBVOL_CREATE, &made);
	}
	if (failed)
		perror(argv[2]);
	return failed != 0;
}
