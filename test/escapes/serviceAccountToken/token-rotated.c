// SPDX-License-Identifier: Apache-2.0
/* As the kubelet does: each time new files in a new directory. */
#include "runner/escape.h"

static int rotate(void)
{
	return system("cd " HOST_ACCOUNT " && rm -rf ..new && mkdir ..new && "
		      "echo secret >..new/token && ln -sfn ..new/token current");
}

static void tidy(void)
{
	system("rm -rf " HOST_ACCOUNT "/..new " HOST_ACCOUNT "/current");
}

ESCAPE("reads its token after it was made anew", .rule = "serviceAccountToken", .host = rotate,
       .undo = tidy)
{
	return read_from(ACCOUNT "/current");
}
