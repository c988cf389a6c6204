// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

ESCAPE("binds the root directory elsewhere", .rule = "mounting")
{
	return mount("/", "/mnt", NULL, MS_BIND, NULL);
}
