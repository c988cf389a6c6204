// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

ESCAPE("reads its token by another mount of what it lies in", .rule = "serviceAccountToken")
{
	return read_from(SHARED "/secrets/kubernetes.io/serviceaccount/token");
}
