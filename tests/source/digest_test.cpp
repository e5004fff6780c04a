// Digests agree with the published vectors and with the command that the header names.
#include "source/digest.hpp"

#include <gtest/gtest.h>

namespace {

using namespace leavingcare;

TEST(Digest, OfNothingAndOfAbcAreThePublishedOnes) {
  EXPECT_EQ(sha256_hex(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(sha256_hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(Digest, OfPiecesIsTheDigestOfTheWhole) {
  Sha256 hash;
  hash.update("a");
  hash.update("");
  hash.update("bc");
  EXPECT_EQ(hash.finish_hex(), sha256_hex("abc"));
  hash.update("abc");
  EXPECT_EQ(hash.finish_hex(), sha256_hex("abc")) << "it begins anew after finishing";
}

TEST(Digest, OfFilesIsTheDigestOfWhatSha256sumPrintsForThem) {
  FilesDigest files;
  files.add("a.csv", "abc");
  files.add("b.csv", "");
  EXPECT_EQ(files.hex(), sha256_hex(sha256_hex("abc") + "  a.csv\n" + sha256_hex("") + "  b.csv\n"));
}

TEST(Digest, OfFilesDoesNotDependOnTheirOrderButOnNamesAndBytes) {
  FilesDigest files;
  files.add("a.csv", "1");
  files.add("b.csv", "2");
  FilesDigest turned;
  turned.add("b.csv", "2");
  turned.add("a.csv", "1");
  EXPECT_EQ(files.hex(), turned.hex());
  FilesDigest renamed;
  renamed.add("a.csv", "1");
  renamed.add("c.csv", "2");
  EXPECT_NE(files.hex(), renamed.hex());
  FilesDigest swapped;
  swapped.add("a.csv", "2");
  swapped.add("b.csv", "1");
  EXPECT_NE(files.hex(), swapped.hex());
}

}  // namespace
