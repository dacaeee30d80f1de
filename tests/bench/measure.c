/*
 * measure FILE PROGRAM ARGUMENT...: runs the program and appends one line to FILE:
 * seconds on the clock, seconds of processor time, KiB of memory at the peak. Exits
 * as the program did.
 */
#include <stdio.h>
#include <sys/resource.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double seconds(struct timeval t)
{
	return (double)t.tv_sec + (double)t.tv_usec / 1e6;
}

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

int main(int argc, char **argv)
{
	struct rusage used;
	double begun;
	int status;
	pid_t child;
	FILE *to;

	if (argc < 3)
		return 2;
	begun = now();
	child = fork();
	if (child == 0) {
		execvp(argv[2], argv + 2);
		_exit(127);
	}
	if (child < 0 || wait4(child, &status, 0, &used) != child)
		return 2;
	to = fopen(argv[1], "a");
	if (!to)
		return 2;
#ifdef __APPLE__
	used.ru_maxrss /= 1024; /* bytes there */
#endif
	fprintf(to, "%.4f %.4f %ld\n", now() - begun,
		seconds(used.ru_utime) + seconds(used.ru_stime), used.ru_maxrss);
	if (fclose(to) != 0)
		return 2;
	return WIFEXITED(status) ? WEXITSTATUS(status) : 2;
}
