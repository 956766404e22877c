try:
    input("> ")
except EOFError as error:
    print(error)
int(input())
