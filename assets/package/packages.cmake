# What is installed where, and the packages that cpack makes of it: perch and perch-practice as .deb, and the source.
include(GNUInstallDirs)

set(PERCH_MAINTAINER "perch maintainers <perch@perch.invalid>" CACHE STRING "Who answers for the packages: NAME <MAIL>")
set(docdir ${CMAKE_INSTALL_DATADIR}/doc)

# perch looks for perch-practice beside itself.
install(TARGETS perch RUNTIME COMPONENT perch)
install(TARGETS perch-practice RUNTIME COMPONENT perch-practice)
foreach(section 1 5 7)
  file(GLOB pages CONFIGURE_DEPENDS assets/man/*.${section})
  list(FILTER pages EXCLUDE REGEX "perch-practice")
  install(FILES ${pages} DESTINATION ${CMAKE_INSTALL_MANDIR}/man${section} COMPONENT perch)
endforeach()
install(FILES assets/man/perch-practice.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1 COMPONENT perch-practice)
install(FILES assets/completions/perch.bash DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions RENAME perch COMPONENT perch)
install(FILES assets/completions/_perch DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/vendor-completions COMPONENT perch)
install(FILES assets/completions/perch.fish DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d COMPONENT perch)
install(FILES assets/perch.desktop DESTINATION ${CMAKE_INSTALL_DATADIR}/applications COMPONENT perch)
install(FILES assets/perch.svg DESTINATION ${CMAKE_INSTALL_DATADIR}/icons/hicolor/scalable/apps COMPONENT perch)
install(FILES assets/perch.metainfo.xml DESTINATION ${CMAKE_INSTALL_DATADIR}/metainfo COMPONENT perch)
install(FILES assets/operate/perch-check@.service assets/operate/perch-check@.timer
  DESTINATION lib/systemd/system COMPONENT perch)
install(DIRECTORY assets/operate/ DESTINATION ${docdir}/perch/examples/operate COMPONENT perch
  PATTERN "perch-check@*" EXCLUDE)
foreach(package perch perch-practice)
  install(FILES assets/package/copyright DESTINATION ${docdir}/${package} COMPONENT ${package})
endforeach()
install(FILES assets/CHANGELOG.md DESTINATION ${docdir}/perch COMPONENT perch)

# The packages' own changelog; its date is the source's, so that two builds are the same.
set(stamp "$ENV{SOURCE_DATE_EPOCH}")
if(stamp STREQUAL "")
  set(ENV{SOURCE_DATE_EPOCH} 1795737600)
endif()
string(TIMESTAMP date "%a, %d %b %Y %H:%M:%S +0000" UTC)
if(stamp STREQUAL "")
  unset(ENV{SOURCE_DATE_EPOCH})
endif()
foreach(package perch perch-practice)
  file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/package/${package}/changelog CONTENT
    "${package} (${PROJECT_VERSION}) unstable; urgency=medium\n\n  * What has changed stands in CHANGELOG.md of the package perch.\n\n -- ${PERCH_MAINTAINER}  ${date}\n")
  install(FILES ${CMAKE_BINARY_DIR}/package/${package}/changelog DESTINATION ${docdir}/${package} COMPONENT ${package})
endforeach()

set(CPACK_PROJECT_CONFIG_FILE ${CMAKE_SOURCE_DIR}/assets/package/generator.cmake)
set(CPACK_GENERATOR DEB)
set(CPACK_SOURCE_GENERATOR TXZ)
set(CPACK_SOURCE_PACKAGE_FILE_NAME perch-${PROJECT_VERSION})
set(CPACK_SOURCE_IGNORE_FILES "/\\\\.git(/|$);/build[^/]*/;/node_modules/")
set(CPACK_PACKAGE_NAME perch)
set(CPACK_PACKAGE_CONTACT "${PERCH_MAINTAINER}")
set(CPACK_PACKAGE_VENDOR perch)
set(CPACK_RESOURCE_FILE_LICENSE ${CMAKE_SOURCE_DIR}/assets/LICENSE)
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_COMPONENTS_ALL perch perch-practice)
set(CPACK_STRIP_FILES ON)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
set(CPACK_PRE_BUILD_SCRIPTS ${CMAKE_SOURCE_DIR}/assets/package/compress.cmake)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION admin)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_DEBIAN_PERCH_PACKAGE_NAME perch)
# What is loaded late (src/base/late.h) stands in no header of the program, so dpkg-shlibdeps does not see it.
get_property(late_libraries GLOBAL PROPERTY PERCH_LATE_LIBRARIES)
find_program(DPKG_QUERY dpkg-query)
foreach(library ${late_libraries})
  if(DPKG_QUERY)
    file(REAL_PATH ${library} file)
    cmake_path(GET file FILENAME name)
    execute_process(COMMAND ${DPKG_QUERY} -S "*/${name}" OUTPUT_VARIABLE owner ERROR_QUIET)
    if(owner MATCHES "^([^:]+):")
      list(APPEND late_packages ${CMAKE_MATCH_1})
    endif()
  endif()
endforeach()
# Who vouches for Microsoft's hosts is read from the system's authorities.
list(APPEND late_packages ca-certificates)
list(JOIN late_packages ", " late_packages)
set(CPACK_DEBIAN_PERCH_PACKAGE_DEPENDS "${late_packages}")
set(CPACK_DEBIAN_PERCH_PACKAGE_RECOMMENDS "perch-practice (= ${PROJECT_VERSION})")
set(CPACK_DEBIAN_PERCH_PACKAGE_SUGGESTS "gnome-keyring, xdg-utils")
set(CPACK_DEBIAN_PERCH_DESCRIPTION "console that connects Microsoft Defender to a managed-detection partner
One checklist for the terminal that reads a company's tenant, asks for what it
needs, does what an API can do, guides what only a portal can do, waits where
waiting is due, proves every step by reading it back, and hands the partner
what it needs. The partner that ships with it is Red Canary.
.
Nothing is written before the plan was seen, nothing twice, and nothing that
it did not make is removed. It works without a console as well.")
set(CPACK_DEBIAN_PERCH-PRACTICE_PACKAGE_NAME perch-practice)
set(CPACK_DEBIAN_PERCH-PRACTICE_DESCRIPTION "practice tenant for perch
A strict stand-in for the part of Microsoft's cloud that perch talks to, on
this machine, with scenarios of its own: no account and no network are needed
to see the whole of an onboarding, and what may go wrong in it.")
include(CPack)
