#include "cdigest.h"

#include <openssl/evp.h>

/* A digest is the library's context and nothing else. */
static EVP_MD_CTX *context(const cdigest *digest) { return (EVP_MD_CTX *)digest; }

cdigest *cdigest_create(void) {
    EVP_MD_CTX *made = EVP_MD_CTX_new();
    if (made && EVP_DigestInit_ex(made, EVP_sha256(), NULL) != 1) {
        EVP_MD_CTX_free(made);
        return NULL;
    }
    return (cdigest *)made;
}

cdigest *cdigest_copy(const cdigest *digest) {
    EVP_MD_CTX *made = EVP_MD_CTX_new();
    if (made && EVP_MD_CTX_copy_ex(made, context(digest)) != 1) {
        EVP_MD_CTX_free(made);
        return NULL;
    }
    return (cdigest *)made;
}

void cdigest_destroy(cdigest *digest) { EVP_MD_CTX_free(context(digest)); }

int cdigest_update(cdigest *digest, const void *bytes, size_t count) {
    return EVP_DigestUpdate(context(digest), bytes, count);
}

int cdigest_read(const cdigest *digest, unsigned char *bytes) {
    cdigest *copy = cdigest_copy(digest);
    if (!copy) return 0;
    unsigned int count = 0;
    int done = EVP_DigestFinal_ex(context(copy), bytes, &count);
    cdigest_destroy(copy);
    return done == 1 && count == 32;
}
