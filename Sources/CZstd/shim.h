#ifndef WHORL_CZSTD_SHIM_H
#define WHORL_CZSTD_SHIM_H

#include <zstd.h>
#include <zstd_errors.h>

#endif
