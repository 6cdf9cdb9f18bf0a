// A door to toml++: one text in, a flat list of its values out, each with its place. No decisions are made here.
#ifndef CTOML_H
#define CTOML_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

enum ctoml_kind {
    CTOML_TABLE = 1,
    /// `integer` is the number of elements, which follow it with `[0]`, `[1]`, … behind its path.
    CTOML_ARRAY = 2,
    CTOML_STRING = 3,
    CTOML_INTEGER = 4,
    CTOML_FLOAT = 5,
    CTOML_BOOLEAN = 6,
    CTOML_DATE = 7
};

typedef struct {
    /// Keys joined by dots; a key that has a dot itself, or is empty, in quotes. Terminated.
    const char *path;
    /// For strings the value, for the rest how it would be written. Terminated; may contain zero bytes before.
    const char *text;
    size_t text_length;
    int64_t integer;
    uint32_t kind;
    /// Of the key, or of an array's element; both count from 1.
    uint32_t line;
    uint32_t column;
} ctoml_entry;

typedef struct ctoml_document ctoml_document;

/// Never null but for lack of memory; what is wrong with the text is in `ctoml_error`.
ctoml_document *ctoml_parse(const char *text, size_t length);
void ctoml_destroy(ctoml_document *document);

size_t ctoml_count(const ctoml_document *document);
ctoml_entry ctoml_get(const ctoml_document *document, size_t index);

/// Null when the text is TOML; else what is wrong with it, and where.
const char *ctoml_error(const ctoml_document *document, uint32_t *line, uint32_t *column);

#ifdef __cplusplus
}
#endif
#endif
