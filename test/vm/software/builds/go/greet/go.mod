module git.invalid/greet.git

go 1.19
