// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

ESCAPE("reads the token of its service account", .rule = "serviceAccountToken")
{
	return read_from(ACCOUNT "/token");
}
