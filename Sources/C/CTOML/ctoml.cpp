#define TOML_EXCEPTIONS 0
#define TOML_HEADER_ONLY 1
#include "ctoml.h"

#include <toml++/toml.h>

#include <new>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

namespace {

struct Entry {
    std::string path;
    std::string text;
    int64_t integer;
    uint32_t kind;
    uint32_t line;
    uint32_t column;
};

}  // namespace

struct ctoml_document {
    std::vector<Entry> entries;
    std::string error;
    uint32_t line = 0;
    uint32_t column = 0;
};

namespace {

std::string joined(const std::string &parent, std::string_view key) {
    bool is_plain = !key.empty() && key.find('.') == std::string_view::npos;
    std::string name = is_plain ? std::string(key) : "\"" + std::string(key) + "\"";
    return parent.empty() ? name : parent + "." + name;
}

template <typename T>
std::string written(const T &value) {
    std::ostringstream out;
    out << value;
    return out.str();
}

void append(ctoml_document &document, std::string path, const toml::node &node, toml::source_position place);

void append_children(ctoml_document &document, const std::string &path, const toml::table &table) {
    for (auto &&[key, value] : table) append(document, joined(path, key.str()), value, key.source().begin);
}

void append_children(ctoml_document &document, const std::string &path, const toml::array &array) {
    size_t index = 0;
    for (auto &&value : array) {
        append(document, path + "[" + std::to_string(index++) + "]", value, value.source().begin);
    }
}

Entry described(const toml::node &node) {
    if (auto table = node.as_table()) return {"", "", static_cast<int64_t>(table->size()), CTOML_TABLE, 0, 0};
    if (auto array = node.as_array()) return {"", "", static_cast<int64_t>(array->size()), CTOML_ARRAY, 0, 0};
    if (auto string = node.as_string()) return {"", string->get(), 0, CTOML_STRING, 0, 0};
    if (auto number = node.as_integer()) {
        return {"", std::to_string(number->get()), number->get(), CTOML_INTEGER, 0, 0};
    }
    if (auto number = node.as_floating_point()) return {"", written(*number), 0, CTOML_FLOAT, 0, 0};
    if (auto flag = node.as_boolean()) {
        return {"", flag->get() ? "true" : "false", flag->get() ? 1 : 0, CTOML_BOOLEAN, 0, 0};
    }
    if (auto date = node.as_date()) return {"", written(*date), 0, CTOML_DATE, 0, 0};
    if (auto time = node.as_time()) return {"", written(*time), 0, CTOML_DATE, 0, 0};
    return {"", written(*node.as_date_time()), 0, CTOML_DATE, 0, 0};
}

void append(ctoml_document &document, std::string path, const toml::node &node, toml::source_position place) {
    Entry entry = described(node);
    entry.path = path;
    entry.line = place.line;
    entry.column = place.column;
    document.entries.push_back(std::move(entry));
    if (auto table = node.as_table()) append_children(document, path, *table);
    if (auto array = node.as_array()) append_children(document, path, *array);
}

}  // namespace

extern "C" ctoml_document *ctoml_parse(const char *text, size_t length) {
    auto *document = new (std::nothrow) ctoml_document;
    if (document == nullptr) return nullptr;
    toml::parse_result result = toml::parse(std::string_view(text, length));
    if (result) {
        append_children(*document, "", result.table());
    } else {
        document->error = std::string(result.error().description());
        document->line = result.error().source().begin.line;
        document->column = result.error().source().begin.column;
    }
    return document;
}

extern "C" void ctoml_destroy(ctoml_document *document) { delete document; }

extern "C" size_t ctoml_count(const ctoml_document *document) { return document->entries.size(); }

extern "C" ctoml_entry ctoml_get(const ctoml_document *document, size_t index) {
    const Entry &entry = document->entries[index];
    return {entry.path.c_str(), entry.text.data(), entry.text.size(), entry.integer,
            entry.kind,         entry.line,        entry.column};
}

extern "C" const char *ctoml_error(const ctoml_document *document, uint32_t *line, uint32_t *column) {
    if (document->error.empty()) return nullptr;
    *line = document->line;
    *column = document->column;
    return document->error.c_str();
}
