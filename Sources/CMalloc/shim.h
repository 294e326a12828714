#ifndef WHORL_CMALLOC_SHIM_H
#define WHORL_CMALLOC_SHIM_H

#include <malloc.h>

#endif
