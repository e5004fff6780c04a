// src/source/digest.cpp
//
// SHA-256 by Nettle, which uses the processor's own instructions for it.
#include "digest.hpp"

#include <nettle/base16.h>
#include <nettle/sha2.h>

#include <array>

namespace leavingcare {

struct Sha256::State {
  sha256_ctx hash;
};

Sha256::Sha256() : state_(std::make_unique<State>()) {
  sha256_init(&state_->hash);
}

Sha256::~Sha256() = default;
Sha256::Sha256(Sha256&&) noexcept = default;
Sha256& Sha256::operator=(Sha256&&) noexcept = default;

void Sha256::update(std::string_view bytes) {
  sha256_update(&state_->hash, bytes.size(), reinterpret_cast<const std::uint8_t*>(bytes.data()));
}

std::string Sha256::finish_hex() {
  std::array<std::uint8_t, SHA256_DIGEST_SIZE> digest;
  sha256_digest(&state_->hash, digest.size(), digest.data());  // begins anew as well
  std::string hex(BASE16_ENCODE_LENGTH(digest.size()), '\0');
  base16_encode_update(hex.data(), digest.size(), digest.data());
  return hex;
}

std::string sha256_hex(std::string_view bytes) {
  Sha256 hash;
  hash.update(bytes);
  return hash.finish_hex();
}

std::string FilesDigest::hex() const {
  Sha256 hash;
  for (const auto& [name, digest] : digests_) hash.update(digest + "  " + name + "\n");
  return hash.finish_hex();
}

}  // namespace leavingcare
