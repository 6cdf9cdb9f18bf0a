/* A running SHA-256 of any number of bytes, by OpenSSL's libcrypto: FIPS 180-4. For names of files and logs; what is signed goes
   through the library's own door. One thread at a time uses a digest. */
#ifndef BAILIFF_DIGEST_H
#define BAILIFF_DIGEST_H

#include <stddef.h>

typedef struct cdigest cdigest;

/* NULL only without memory or without the algorithm. */
cdigest *cdigest_create(void);
cdigest *cdigest_copy(const cdigest *digest);
void cdigest_destroy(cdigest *digest);

/* 1, or 0 where the library fails. */
int cdigest_update(cdigest *digest, const void *bytes, size_t count);

/* The 32 bytes of what was given so far; more may follow. 1, or 0 where the library fails. */
int cdigest_read(const cdigest *digest, unsigned char *bytes);

#endif
