# shellcheck shell=sh
# SPDX-License-Identifier: Apache-2.0
#
# A repository: commits, a merge, a clone with hard links, repacking.
export GIT_CONFIG_NOSYSTEM=1 GIT_AUTHOR_DATE="2020-01-01T00:00:00Z" GIT_COMMITTER_DATE="2020-01-01T00:00:00Z"
git config --global user.name Somebody
git config --global user.email somebody@example.org
git init -q -b main repository
cd repository || exit
echo one >file && git add file && git commit -qm one
git switch -qc side && echo side >other && git add other && git commit -qm side
git switch -q main && echo two >>file && git commit -qam two
git merge -q -m merged side
git clone -q . ../clone
git -C ../clone log --format="%h %s"
git gc -q
git fsck 2>/dev/null
git worktree add -q ../worktree side && ls ../worktree
