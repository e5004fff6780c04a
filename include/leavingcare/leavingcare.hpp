// leavingcare/leavingcare.hpp
//
// Everything a program needs to load a rulebook, read people, evaluate and look at the answers.
//
// Left out, because few programs need them: calendar/working_days.hpp and calendar/boost_dates.hpp (include them by name).
#pragma once

#include <leavingcare/evaluate/evaluate.hpp>
#include <leavingcare/people/join_returns.hpp>
#include <leavingcare/people/people_builder.hpp>
#include <leavingcare/people/read_extract.hpp>
#include <leavingcare/people/read_people.hpp>
#include <leavingcare/results/categories.hpp>
#include <leavingcare/results/compare.hpp>
#include <leavingcare/results/compare_rulebooks.hpp>
#include <leavingcare/results/explain.hpp>
#include <leavingcare/results/result.hpp>
#include <leavingcare/results/scenarios.hpp>
#include <leavingcare/results/tables.hpp>
#include <leavingcare/results/upcoming.hpp>
#include <leavingcare/rulebook/council.hpp>
#include <leavingcare/rulebook/rulebook.hpp>
