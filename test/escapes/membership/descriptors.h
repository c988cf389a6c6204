// SPDX-License-Identifier: Apache-2.0
/* What every process of a run inherits, by number: user code too. */
#ifndef DESCRIPTORS_H
#define DESCRIPTORS_H

enum {
	REPORT = 100,	      /* pipe: struct report */
	HOST_DIRECTORY = 101, /* /etc of the host, as a runtime might leak it */
	STAGE = 102,	      /* memory: struct stage */
};

#endif
