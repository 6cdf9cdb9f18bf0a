// A door to zlib, no decisions.
#pragma once
#include <zlib.h>
