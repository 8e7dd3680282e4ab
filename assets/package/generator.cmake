# The source is no installed tree: nothing stands before its folders.
if(CPACK_GENERATOR STREQUAL "TXZ")
  set(CPACK_PACKAGING_INSTALL_PREFIX "/")
  set(CPACK_PRE_BUILD_SCRIPTS "")
endif()
