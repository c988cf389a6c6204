# shellcheck shell=sh
# SPDX-License-Identifier: Apache-2.0
#
# A compile: two files of 25 functions, and the program that they make.
rm -rf /tmp/gcc
mkdir /tmp/gcc
cd /tmp/gcc || exit
for file in 1 2; do
	{
		printf '#include <%s.h>\n' stdio stdlib string
		for number in $(seq 25); do
			name="f${file}_$number"
			cat <<END
int $name(const char *text, int length)
{
	int place, key = $number;
	for (place = 0; place < length; place++) {
		if (text[place] == key)
			key += (int)strlen(text + place) % 7;
		else
			key ^= text[place] << 2;
	}
	return key ? printf("%s\n", text) : abs(key);
}
END
		done
	} >$file.c
done
echo 'int main(void) { return 0; }' >main.c
cat >Makefile <<'END'
program: main.o 1.o 2.o
	$(CC) -o $@ $^
END
begin
make -s CFLAGS=-O1
finish 1
