#define SIMDJSON_EXCEPTIONS 0
#include "csimdjson.h"

#include <simdjson.h>

#include <cstring>
#include <memory>
#include <new>

namespace dom = simdjson::dom;

struct csimdjson_parser {
    dom::parser dom{0};
    size_t length_max = 0;
    uint32_t tokens_max = 0;
    uint32_t depth_max = 0;
    uint32_t count = 0;
    std::unique_ptr<char[]> padded;
    std::unique_ptr<csimdjson_token[]> tokens;
};

static_assert(sizeof(csimdjson_token) == 40, "five words a token");

namespace {

uint32_t append(csimdjson_parser &parser, dom::element element, uint32_t depth);

csimdjson_token *claim(csimdjson_parser &parser, uint32_t kind) {
    if (parser.count == parser.tokens_max) return nullptr;
    csimdjson_token *token = &parser.tokens[parser.count++];
    *token = csimdjson_token{};
    token->kind = kind;
    token->next = parser.count;
    return token;
}

uint32_t append_array(csimdjson_parser &parser, dom::array array, uint32_t depth) {
    csimdjson_token *self = claim(parser, CSIMDJSON_ARRAY);
    if (self == nullptr) return CSIMDJSON_TOO_MANY_TOKENS;
    if (depth == parser.depth_max) return CSIMDJSON_TOO_DEEP;
    for (dom::element child : array) {
        if (uint32_t status = append(parser, child, depth + 1)) return status;
        self->integer += 1;
    }
    self->next = parser.count;
    return CSIMDJSON_OK;
}

uint32_t append_object(csimdjson_parser &parser, dom::object object, uint32_t depth) {
    csimdjson_token *self = claim(parser, CSIMDJSON_OBJECT);
    if (self == nullptr) return CSIMDJSON_TOO_MANY_TOKENS;
    if (depth == parser.depth_max) return CSIMDJSON_TOO_DEEP;
    for (dom::key_value_pair field : object) {
        uint32_t position = parser.count;
        if (uint32_t status = append(parser, field.value, depth + 1)) return status;
        parser.tokens[position].key = field.key.data();
        parser.tokens[position].key_length = static_cast<uint32_t>(field.key.size());
        self->integer += 1;
    }
    self->next = parser.count;
    return CSIMDJSON_OK;
}

uint32_t append_leaf(csimdjson_parser &parser, uint32_t kind, uint64_t integer = 0) {
    csimdjson_token *token = claim(parser, kind);
    if (token == nullptr) return CSIMDJSON_TOO_MANY_TOKENS;
    token->integer = integer;
    return CSIMDJSON_OK;
}

uint32_t append_string(csimdjson_parser &parser, std::string_view text) {
    csimdjson_token *token = claim(parser, CSIMDJSON_STRING);
    if (token == nullptr) return CSIMDJSON_TOO_MANY_TOKENS;
    token->text = text.data();
    token->text_length = static_cast<uint32_t>(text.size());
    return CSIMDJSON_OK;
}

// value_unsafe(): the type has just been asked for.
uint32_t append(csimdjson_parser &parser, dom::element element, uint32_t depth) {
    switch (element.type()) {
    case dom::element_type::ARRAY: return append_array(parser, element.get_array().value_unsafe(), depth);
    case dom::element_type::OBJECT: return append_object(parser, element.get_object().value_unsafe(), depth);
    case dom::element_type::STRING: return append_string(parser, element.get_string().value_unsafe());
    case dom::element_type::UINT64:
        return append_leaf(parser, CSIMDJSON_UNSIGNED, element.get_uint64().value_unsafe());
    case dom::element_type::INT64: {
        int64_t value = element.get_int64().value_unsafe();
        return append_leaf(
            parser, value < 0 ? CSIMDJSON_NEGATIVE : CSIMDJSON_UNSIGNED, static_cast<uint64_t>(value));
    }
    case dom::element_type::DOUBLE: return append_leaf(parser, CSIMDJSON_DOUBLE);
    case dom::element_type::BOOL:
        return append_leaf(parser, element.get_bool().value_unsafe() ? CSIMDJSON_TRUE : CSIMDJSON_FALSE);
    default: return append_leaf(parser, CSIMDJSON_NULL);
    }
}

}  // namespace

extern "C" csimdjson_parser *csimdjson_create(size_t length_max, uint32_t tokens_max, uint32_t depth_max) {
    std::unique_ptr<csimdjson_parser> parser(new (std::nothrow) csimdjson_parser);
    if (!parser) return nullptr;
    parser->length_max = length_max;
    parser->tokens_max = tokens_max;
    parser->depth_max = depth_max;
    parser->padded.reset(new (std::nothrow) char[length_max + simdjson::SIMDJSON_PADDING]());
    parser->tokens.reset(new (std::nothrow) csimdjson_token[tokens_max]);
    if (!parser->padded || !parser->tokens) return nullptr;
    parser->dom.set_max_capacity(length_max);
    // One level more than is walked, so that the walk, not the library, names what is too deep.
    if (parser->dom.allocate(length_max, depth_max + 2) != simdjson::SUCCESS) return nullptr;
    if (parser->dom.doc.allocate(length_max) != simdjson::SUCCESS) return nullptr;
    return parser.release();
}

extern "C" void csimdjson_destroy(csimdjson_parser *parser) { delete parser; }

extern "C" uint32_t csimdjson_parse(csimdjson_parser *parser, const void *text, size_t length) {
    parser->count = 0;
    if (length > parser->length_max) return CSIMDJSON_TOO_LONG;
    if (length == 0) return CSIMDJSON_MALFORMED;
    std::memcpy(parser->padded.get(), text, length);
    std::memset(parser->padded.get() + length, 0, simdjson::SIMDJSON_PADDING);
    dom::element root;
    switch (parser->dom.parse(parser->padded.get(), length, false).get(root)) {
    case simdjson::SUCCESS: break;
    case simdjson::DEPTH_ERROR: return CSIMDJSON_TOO_DEEP;
    default: return CSIMDJSON_MALFORMED;
    }
    uint32_t status = append(*parser, root, 0);
    if (status != CSIMDJSON_OK) parser->count = 0;
    return status;
}

extern "C" const csimdjson_token *csimdjson_tokens(const csimdjson_parser *parser) { return parser->tokens.get(); }

extern "C" uint32_t csimdjson_count(const csimdjson_parser *parser) { return parser->count; }
