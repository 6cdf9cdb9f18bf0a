// A door to OpenSSL's libcrypto, no decisions.
#pragma once
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
