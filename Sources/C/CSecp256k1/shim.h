// A door to libsecp256k1, no decisions.
#pragma once
#include <secp256k1.h>

/// The context that verification needs: a constant, though C cannot say so to Swift.
static inline const secp256k1_context *csecp256k1_verifying_context(void) { return secp256k1_context_static; }
