// A door to Zstandard, no decisions.
#pragma once
#include <zstd.h>
