/*
 * Memory of the console. What it shows is small; running out of memory here ends the
 * program (through SIGABRT, whose handler gives the terminal back).
 */
#ifndef TUI_MEM_H
#define TUI_MEM_H

#include <stddef.h>

#include "core/arena.h"

/* Zeroed room for n elements; returns owned, never NULL. */
void *mem_new(size_t n, size_t size) __attribute__((returns_nonnull));
/* p made to hold n elements; what is new is not zeroed. Takes p, returns owned. */
void *mem_resize(void *p, size_t n, size_t size) __attribute__((returns_nonnull));
/* A copy in the arena. */
struct text mem_text(struct arena *a, struct text t);
/* What long work freed goes back to the system, where that has to be asked for. */
void mem_give_back(void);

#endif
