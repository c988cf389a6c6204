module git.invalid/program

go 1.19

require git.invalid/greet.git v1.0.0
