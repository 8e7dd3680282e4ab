# What perch is made of, as a CycloneDX document: cmake --build BUILD --target sbom writes perch.cdx.json there.
# In the build it lists the libraries; as a script (cmake -P) it adds the programs' sums and writes the document.

if(NOT CMAKE_SCRIPT_MODE_FILE)
  # name|version|licence (SPDX)|what its shared objects' names begin with, blanks between
  set(PERCH_PARTS
    "glib|${GLIB_glib-2.0_VERSION}|LGPL-2.1-or-later|libglib-2.0 libgio-2.0 libgobject-2.0"
    "ncurses|${CURSES_VERSION}|X11|libncursesw libtinfo"
    "curl|${CURL_VERSION}|curl|libcurl"
    "cJSON|${CJSON_VERSION}|MIT|libcjson"
    "libsecret|${LIBSECRET_VERSION}|LGPL-2.1-or-later|libsecret-1"
    "keyutils|${KEYUTILS_VERSION}|LGPL-2.1-or-later|libkeyutils"
    "libsodium|${SODIUM_VERSION}|ISC|libsodium"
    "openssl|${CRYPTO_VERSION}|Apache-2.0|libcrypto"
    "libmicrohttpd|${MICROHTTPD_VERSION}|LGPL-2.1-or-later|libmicrohttpd"
    "gmime|${GMIME_VERSION}|LGPL-2.1-or-later|libgmime-3.0"
    "libqrencode|${QRENCODE_VERSION}|LGPL-2.1-or-later|libqrencode")
  list(JOIN PERCH_PARTS "," parts)
  set(sbom_command ${CMAKE_COMMAND} "-DPARTS=${parts}" "-DVERSION=${PROJECT_VERSION}"
    "-DPROGRAMS=$<TARGET_FILE:perch>,$<TARGET_FILE:perch-practice>"
    "-DCOMPILER=${CMAKE_C_COMPILER_ID} ${CMAKE_C_COMPILER_VERSION}"
    "-DOUTPUT=${CMAKE_BINARY_DIR}/perch.cdx.json" -P ${CMAKE_CURRENT_LIST_FILE})
  add_custom_target(sbom COMMAND ${sbom_command} DEPENDS perch perch-practice VERBATIM)
  return()
endif()

string(REPLACE "," ";" PARTS "${PARTS}")
string(REPLACE "," ";" PROGRAMS "${PROGRAMS}")
set(components "")
foreach(part ${PARTS})
  string(REPLACE "|" ";" fields "${part}")
  list(GET fields 0 name)
  list(GET fields 1 version)
  list(GET fields 2 licence)
  list(GET fields 3 objects)
  list(APPEND components "    {
      \"type\": \"library\",
      \"bom-ref\": \"${name}\",
      \"name\": \"${name}\",
      \"version\": \"${version}\",
      \"licenses\": [{\"license\": {\"id\": \"${licence}\"}}],
      \"purl\": \"pkg:generic/${name}@${version}\",
      \"properties\": [{\"name\": \"perch:shared-objects\", \"value\": \"${objects}\"}]
    }")
  list(APPEND references "\"${name}\"")
endforeach()
foreach(program ${PROGRAMS})
  get_filename_component(name ${program} NAME)
  file(SHA256 ${program} sum)
  list(APPEND components "    {
      \"type\": \"file\",
      \"bom-ref\": \"file:${name}\",
      \"name\": \"${name}\",
      \"hashes\": [{\"alg\": \"SHA-256\", \"content\": \"${sum}\"}]
    }")
endforeach()
list(JOIN components ",\n" components)
list(JOIN references ", " references)
file(WRITE ${OUTPUT} "{
  \"bomFormat\": \"CycloneDX\",
  \"specVersion\": \"1.5\",
  \"version\": 1,
  \"metadata\": {
    \"component\": {
      \"type\": \"application\",
      \"bom-ref\": \"perch\",
      \"name\": \"perch\",
      \"version\": \"${VERSION}\",
      \"licenses\": [{\"license\": {\"id\": \"MIT\"}}]
    },
    \"properties\": [{\"name\": \"perch:compiler\", \"value\": \"${COMPILER}\"}]
  },
  \"components\": [
${components}
  ],
  \"dependencies\": [{\"ref\": \"perch\", \"dependsOn\": [${references}]}]
}
")
