// A door to simdjson: one JSON text in, one flat array of tokens out. No decisions are made here.
#ifndef CSIMDJSON_H
#define CSIMDJSON_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

enum csimdjson_kind {
    CSIMDJSON_OBJECT = 1,
    CSIMDJSON_ARRAY = 2,
    CSIMDJSON_STRING = 3,
    /// An integer from 0 to 2^64 - 1.
    CSIMDJSON_UNSIGNED = 4,
    /// An integer below zero.
    CSIMDJSON_NEGATIVE = 5,
    /// A number with a fraction or an exponent; its value is not handed over.
    CSIMDJSON_DOUBLE = 6,
    CSIMDJSON_TRUE = 7,
    CSIMDJSON_FALSE = 8,
    CSIMDJSON_NULL = 9
};

/// Tokens lie in the order of the text, a container before what it contains. The first child of a container is the
/// next token; `next` is the index after the token and all of its descendants: its next sibling, or its parent's end.
typedef struct {
    /// Points into the parser; null outside an object. Not terminated.
    const char *key;
    /// For strings. Points into the parser, escapes resolved; may contain zero bytes.
    const char *text;
    /// For UNSIGNED the value, for NEGATIVE its two's complement, for containers the number of children.
    uint64_t integer;
    uint32_t key_length;
    uint32_t text_length;
    uint32_t next;
    uint32_t kind;
} csimdjson_token;

enum csimdjson_status {
    CSIMDJSON_OK = 0,
    /// Longer than the parser was made for.
    CSIMDJSON_TOO_LONG = 1,
    /// More tokens than the parser was made for.
    CSIMDJSON_TOO_MANY_TOKENS = 2,
    CSIMDJSON_TOO_DEEP = 3,
    /// Not JSON, not UTF-8, or an integer past 64 bits.
    CSIMDJSON_MALFORMED = 4
};

typedef struct csimdjson_parser csimdjson_parser;

/// All memory is taken here: parsing allocates nothing. Null when there is not enough.
csimdjson_parser *csimdjson_create(size_t length_max, uint32_t tokens_max, uint32_t depth_max);
void csimdjson_destroy(csimdjson_parser *parser);

/// Copies the text behind the parser's own padding and parses it. One thread at a time.
uint32_t csimdjson_parse(csimdjson_parser *parser, const void *text, size_t length);

/// The tokens of the last successful parse, valid until the next call. The array never moves.
const csimdjson_token *csimdjson_tokens(const csimdjson_parser *parser);
uint32_t csimdjson_count(const csimdjson_parser *parser);

#ifdef __cplusplus
}
#endif
#endif
