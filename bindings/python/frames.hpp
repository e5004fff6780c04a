// bindings/python/frames.hpp
//
// People from tables in memory: the fourth door beside those of people/read_people.hpp.
#pragma once

#include <leavingcare/diagnostics/checked.hpp>
#include <leavingcare/people/people.hpp>
#include <map>
#include <memory>
#include <string>

#include "arrow_stream.hpp"

namespace leavingcare::python {

/// People, and whether the frame that lists them had whole numbers for ids and not text.
struct FramesRead {
  People people;
  bool ids_are_whole = false;
};

/// Reads one frame for each fact, with the columns and the meaning of read_facts() (law/facts.hpp; `certain` and `recorded` too), except:
///   - a date may be a date, a datetime at midnight without a time zone, or text: YYYY-MM-DD or DD/MM/YYYY, one form in each column;
///   - a person may be a number without a fraction; a yes/no field may be a truth value.
/// Problems name the frame, the row (1 is the first) and the field, never a cell. The digest is the one that read_facts() gives when the same
/// tables are written as plain CSV: the columns in the same order, ISO dates, no needless quotes, LF. Called with Python's
/// lock, which is let go while an Arrow stream is read.
[[nodiscard]] Checked<FramesRead> read_frames(const std::map<std::string, std::unique_ptr<Frame>>& frames,
                                              const law::Vocabulary& vocabulary, const std::string& born);

}  // namespace leavingcare::python
