int function_of_dependency(void) { return 7; }
