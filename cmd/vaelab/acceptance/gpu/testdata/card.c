/* A plugin that go-xla takes for an NVIDIA card's by its name, and which hands everything on to the plugin for the CPU that CARD_CPU
   names. It leaves out the options that only a card's plugin knows; so it shows four devices, as the CPU's does without options.
   CARD_BYTES: so much memory is left once the card is open. CARD_DIES: so many executions, and the process goes down. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>
#include "pjrt_c_api.h"

static const PJRT_Api *cpu;
static PJRT_Api card;

static void leave(unsigned long long bytes) {
	unsigned long long pages = 0;
	FILE *file = fopen("/proc/self/statm", "r");
	struct rlimit limit;
	if (!file || fscanf(file, "%llu", &pages) != 1 || getrlimit(RLIMIT_AS, &limit)) abort();
	fclose(file);
	limit.rlim_cur = pages * sysconf(_SC_PAGESIZE) + bytes;
	if (setrlimit(RLIMIT_AS, &limit)) abort();
}

static PJRT_Error *create(PJRT_Client_Create_Args *args) {
	args->num_options = 0;
	PJRT_Error *error = cpu->PJRT_Client_Create(args);
	if (getenv("CARD_BYTES")) leave(strtoull(getenv("CARD_BYTES"), NULL, 10));
	return error;
}

static PJRT_Error *execute(PJRT_LoadedExecutable_Execute_Args *args) {
	static int executed;
	if (getenv("CARD_DIES") && ++executed > atoi(getenv("CARD_DIES"))) abort();
	return cpu->PJRT_LoadedExecutable_Execute(args);
}

const PJRT_Api *GetPjrtApi(void) {
	void *library = dlopen(getenv("CARD_CPU"), RTLD_NOW | RTLD_LOCAL);
	if (!library) abort();
	cpu = ((const PJRT_Api *(*)(void))dlsym(library, "GetPjrtApi"))();
	card = *cpu;
	card.PJRT_Client_Create = create;
	card.PJRT_LoadedExecutable_Execute = execute;
	return &card;
}
