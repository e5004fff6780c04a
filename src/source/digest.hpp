// src/source/digest.hpp
//
// Digests: SHA-256 of a text, and of a set of files.
//
// A receipt names its inputs by digest, so that anyone can tell later whether the same data and rules were used. The digest of
// several files is the SHA-256 of the list that sha256sum prints for them, in the order of their names:
//
//     LC_ALL=C; sha256sum care.csv date_of_birth.csv | sha256sum
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace leavingcare {

/// SHA-256 of bytes that come in pieces.
class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(Sha256&&) noexcept;
  Sha256& operator=(Sha256&&) noexcept;

  void update(std::string_view bytes);

  /// The digest in hexadecimal, small letters; the next update begins anew.
  [[nodiscard]] std::string finish_hex();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// The SHA-256 of a text, in hexadecimal.
[[nodiscard]] std::string sha256_hex(std::string_view bytes);

/// The digest of several files; the order in which they are added does not matter.
class FilesDigest {
 public:
  /// `name` is the name relative to the folder read; a name added twice counts once, with the bytes given last.
  void add(std::string_view name, std::string_view bytes) { add_digest(name, sha256_hex(bytes)); }

  /// The same with the file's own digest, in hexadecimal.
  void add_digest(std::string_view name, std::string digest) { digests_[std::string(name)] = std::move(digest); }

  [[nodiscard]] std::string hex() const;

 private:
  std::map<std::string, std::string> digests_;
};

}  // namespace leavingcare
