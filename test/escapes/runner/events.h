// SPDX-License-Identifier: Apache-2.0
#ifndef EVENTS_H
#define EVENTS_H

#include <linux/types.h>

void events_open(void);

/* From here on nothing has happened: no event is left to read, and none is merged with earlier ones. */
void events_forget(void);

/* What has happened in that container since, separated by commas. */
void events_print(__u64 container);

#endif
