# shellcheck shell=sh
# SPDX-License-Identifier: Apache-2.0
#
# A C project of a library and a program, built in parallel.
mkdir -p project
cat >project/Makefile <<'EOF'
CFLAGS = -O1 -Wall
program: main.o libgreet.a
	$(CC) -o $@ main.o libgreet.a
libgreet.a: greet.o
	$(AR) rc $@ $^
main.o greet.o: greet.h
EOF
echo 'const char *greet(void);' >project/greet.h
printf '#include "greet.h"\nconst char *greet(void) { return "built and run"; }\n' >project/greet.c
printf '#include <stdio.h>\n#include "greet.h"\nint main(void) { return puts(greet()) < 0; }\n' >project/main.c
make -s -j 2 -C project
project/program
make -s -C project -q && echo "up to date"
