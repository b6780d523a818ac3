; The setup of 隐患工作台, for one user, without an administrator. Made by pack.py, which defines VERSION,
; PROGRAM (the folder to pack), OUT, ICON and SIZE (KiB). Silent: /S, and /D=folder as the last word.
; Exit codes: 0 done · 2 refused (running, newer version there, folder not ours) · 3 trouble, nothing changed.
; What was done and why not stands in %TEMP%\hazard-desk-setup.log.

Unicode true
Target amd64-unicode
!ifdef QUICK
  SetCompressor zlib
!else
  SetCompressor /SOLID lzma
  SetCompressorDictSize 64
!endif
RequestExecutionLevel user
ManifestDPIAware true
ManifestSupportedOS Win10

!include MUI2.nsh
!include LogicLib.nsh
!include FileFunc.nsh
!include WordFunc.nsh
!include Win\COM.nsh
!include Win\Propkey.nsh

!define TITLE "隐患工作台"
!define APP_ID "HazardDesk"
!define OURS "hazard-desk" ; the folder of the program within the one she chose: nothing else is ever touched
!define ENTRY "Software\Microsoft\Windows\CurrentVersion\Uninstall\${APP_ID}"

Name "${TITLE}"
OutFile "${OUT}"
InstallDir "$LOCALAPPDATA\Programs\${TITLE}"
InstallDirRegKey HKCU "${ENTRY}" "InstallLocation"
BrandingText "${TITLE} ${VERSION}"
ShowInstDetails nevershow
AllowSkipFiles off

VIProductVersion "${VERSION}.0"
VIAddVersionKey /LANG=2052 "ProductName" "${TITLE}"
VIAddVersionKey /LANG=2052 "FileDescription" "${TITLE}安装程序"
VIAddVersionKey /LANG=2052 "CompanyName" "${TITLE}"
VIAddVersionKey /LANG=2052 "LegalCopyright" "MIT License"
VIAddVersionKey /LANG=2052 "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=2052 "ProductVersion" "${VERSION}"

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_ABORTWARNING
!define MUI_WELCOMEPAGE_TEXT "将把${TITLE} ${VERSION}装到这台电脑上，不需要管理员权限，也不需要联网。$\r$\n$\r$\n已经装过的，直接更新；台账、备份和设置都不改动。$\r$\n$\r$\n安装以前请先关闭${TITLE}。$\r$\n$\r$\n$_CLICK"
!define MUI_DIRECTORYPAGE_TEXT_TOP "程序装在下面的文件夹里。台账存放在哪里，第一次打开程序时另外选择。"
!define MUI_FINISHPAGE_TITLE "已经装好，可以使用"
!define MUI_FINISHPAGE_TEXT "$Proved"
!define MUI_FINISHPAGE_RUN "$INSTDIR\${OURS}\hazard-desk.exe"
!define MUI_FINISHPAGE_RUN_TEXT "打开${TITLE}"
!define MUI_FINISHPAGE_NOREBOOTSUPPORT
!define MUI_UNCONFIRMPAGE_TEXT_TOP "只删除程序和快捷方式。台账、备份和设置都留在原处，以后重新安装，接着使用。"

Var Proved
Var Log
Var Old
Var New
!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "SimpChinese"

!macro SAY text
  FileOpen $Log "$TEMP\hazard-desk-setup.log" a
  FileSeek $Log 0 END
  FileWriteUTF16LE /BOM $Log "${text}$\r$\n"
  FileClose $Log
!macroend

; Tell why nothing is done, and end: code 2 or 3. The text is in $R9.
!macro STOP un
Function ${un}Stop
  !insertmacro SAY "$R9"
  IfSilent +2
  MessageBox MB_OK|MB_ICONEXCLAMATION "$R9"
  SetErrorLevel $R8
  Quit
FunctionEnd
!macroend
!insertmacro STOP ""
!insertmacro STOP "un."
!macro REFUSE un code text
  StrCpy $R8 ${code}
  StrCpy $R9 "${text}"
  Call ${un}Stop
!macroend

; A program that runs cannot be opened for writing.
!macro RUNNING un program
  ${If} ${FileExists} "$INSTDIR\${OURS}\${program}"
    ClearErrors
    FileOpen $0 "$INSTDIR\${OURS}\${program}" a
    ${If} ${Errors}
      !insertmacro REFUSE "${un}" 2 "${TITLE}正在运行，请先关闭它的窗口，再来一次。没有窗口的，请注销或重新启动电脑。"
    ${EndIf}
    FileClose $0
  ${EndIf}
!macroend

Section
  Delete "$TEMP\hazard-desk-setup.log"
  StrCpy $New "$INSTDIR\${OURS}.new"
  StrCpy $Old "$INSTDIR\${OURS}.old"
  ; a swap that was broken off: the old one is put back, and all begins anew
  ${If} ${FileExists} "$Old\hazard-desk.exe"
  ${AndIfNot} ${FileExists} "$INSTDIR\${OURS}\hazard-desk.exe"
    Rename "$Old" "$INSTDIR\${OURS}"
  ${EndIf}
  ${If} ${FileExists} "$INSTDIR\${OURS}\*.*"
  ${AndIfNot} ${FileExists} "$INSTDIR\${OURS}\hazard-desk.exe"
    !insertmacro REFUSE "" 2 "“$INSTDIR”里已经有别的文件夹叫${OURS}，请另选一个文件夹。"
  ${EndIf}
  ReadRegStr $0 HKCU "${ENTRY}" "DisplayVersion"
  ${If} $0 != ""
  ${AndIf} ${FileExists} "$INSTDIR\${OURS}\hazard-desk.exe"
    ${VersionCompare} "$0" "${VERSION}" $1
    ${If} $1 == 1
      !insertmacro REFUSE "" 2 "已经装有较新的${TITLE} $0，不能换成${VERSION}：较新的版本打开过的台账，旧版本打不开。"
    ${EndIf}
  ${EndIf}
  !insertmacro RUNNING "" "hazard-desk.exe"
  !insertmacro RUNNING "" "hazard-desk-cli.exe"

  ; all of it beside the old one, proved there, before anything of the old one moves
  RMDir /r "$New"
  ClearErrors
  SetOutPath "$New"
  File /r "${PROGRAM}\*.*"
  ${If} ${Errors}
    SetOutPath "$TEMP"
    RMDir /r "$New"
    !insertmacro REFUSE "" 3 "没有装上：“$INSTDIR”写不进去，可能是磁盘已满，或者安全软件拦截。原来的程序没有改动。"
  ${EndIf}
  SetOutPath "$TEMP"
  DetailPrint "正在检查能不能使用……"
  Call Prove
  ${If} $0 != 0
    RMDir /r "$New"
    !insertmacro REFUSE "" 3 "没有装上：$Proved$\r$\n可能是安全软件拦截，也可能是安装文件不完整，请看说明书“安装、拦截和更新”一章。原来的程序没有改动。"
  ${EndIf}

  ${If} ${FileExists} "$Old\*.*"
    Call ClearOld
  ${EndIf}
  ClearErrors
  ${If} ${FileExists} "$INSTDIR\${OURS}\hazard-desk.exe"
    Rename "$INSTDIR\${OURS}" "$Old"
    ${If} ${Errors}
      RMDir /r "$New"
      !insertmacro REFUSE "" 3 "没有更新：“$INSTDIR\${OURS}”里有文件正在使用，请关闭${TITLE}和打开着的文件夹，再来一次。原来的程序没有改动。"
    ${EndIf}
  ${EndIf}
  Rename "$New" "$INSTDIR\${OURS}"
  ${If} ${Errors}
    Rename "$Old" "$INSTDIR\${OURS}"
    RMDir /r "$New"
    !insertmacro REFUSE "" 3 "没有更新：新的程序没有换上，可能是安全软件正在检查，请过一会儿再来一次。原来的程序没有改动。"
  ${EndIf}
  Call KeepHers
  Call ClearOld

  WriteUninstaller "$INSTDIR\uninstall.exe"
  Call Shortcuts
  WriteRegStr HKCU "${ENTRY}" "DisplayName" "${TITLE}"
  WriteRegStr HKCU "${ENTRY}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${ENTRY}" "Publisher" "${TITLE}"
  WriteRegStr HKCU "${ENTRY}" "DisplayIcon" "$INSTDIR\${OURS}\hazard-desk.exe"
  WriteRegStr HKCU "${ENTRY}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${ENTRY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${ENTRY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${ENTRY}" "EstimatedSize" ${SIZE}
  WriteRegDWORD HKCU "${ENTRY}" "NoModify" 1
  WriteRegDWORD HKCU "${ENTRY}" "NoRepair" 1
  !insertmacro SAY "$Proved"
  SetErrorLevel 0
SectionEnd

; Ask the program that was brought whether it works here: $0 is 0 when it does, $Proved what it says.
Function Prove
  Delete "$New\selftest.txt"
  nsExec::Exec /TIMEOUT=300000 '"$New\hazard-desk-cli.exe" selftest --to "$New\selftest.txt"'
  Pop $0
  StrCpy $Proved ""
  ${If} ${FileExists} "$New\selftest.txt"
    FileOpen $1 "$New\selftest.txt" r
    FileReadUTF16LE $1 $Proved
    FileClose $1
    Delete "$New\selftest.txt"
    ${WordReplace} "$Proved" "$\r" "" "+" $Proved
    ${WordReplace} "$Proved" "$\n" "" "+" $Proved
  ${ElseIf} $0 == "timeout"
    StrCpy $Proved "不能使用：检查了5分钟没有结果"
  ${Else}
    StrCpy $Proved "不能使用：程序没有启动（$0）"
  ${EndIf}
  ${If} $Proved == ""
    StrCpy $0 1
  ${EndIf}
FunctionEnd

; What lay in the program's folder and is not the program's own (a desk, say) goes into the new one.
Function KeepHers
  ${IfNot} ${FileExists} "$Old\*.*"
    Return
  ${EndIf}
  FindFirst $0 $1 "$Old\*.*"
  ${DoWhile} $1 != ""
    ${If} $1 != "."
    ${AndIf} $1 != ".."
    ${AndIf} $1 != "_internal"
    ${AndIf} $1 != "hazard-desk.exe"
    ${AndIf} $1 != "hazard-desk-cli.exe"
      Rename "$Old\$1" "$INSTDIR\${OURS}\$1"
    ${EndIf}
    FindNext $0 $1
  ${Loop}
  FindClose $0
FunctionEnd

; The old program goes; what is not its own stays where it is.
Function ClearOld
  RMDir /r "$Old\_internal"
  Delete "$Old\hazard-desk.exe"
  Delete "$Old\hazard-desk-cli.exe"
  RMDir "$Old"
FunctionEnd

Function Shortcuts
  CreateShortCut "$SMPROGRAMS\${TITLE}.lnk" "$INSTDIR\${OURS}\hazard-desk.exe"
  StrCpy $9 "$SMPROGRAMS\${TITLE}.lnk"
  Call NameShortcut
  CreateShortCut "$DESKTOP\${TITLE}.lnk" "$INSTDIR\${OURS}\hazard-desk.exe"
  StrCpy $9 "$DESKTOP\${TITLE}.lnk"
  Call NameShortcut
FunctionEnd

; The shortcut in $9 bears the AppUserModelID of the program's window: one button in the task bar, not two.
Function NameShortcut
  !insertmacro ComHlpr_CreateInProcInstance ${CLSID_ShellLink} ${IID_IShellLink} r0 ""
  ${If} $0 P= 0
    Return
  ${EndIf}
  ${IUnknown::QueryInterface} $0 '("${IID_IPersistFile}",.r1)'
  ${If} $1 P<> 0
    ${IPersistFile::Load} $1 '("$9",${STGM_READWRITE})'
    ${IUnknown::QueryInterface} $0 '("${IID_IPropertyStore}",.r2)'
    ${If} $2 P<> 0
      System::Call '*${SYSSTRUCT_PROPERTYKEY}(${PKEY_AppUserModel_ID})p.r3'
      System::Call '*(&w64 "${APP_ID}")p.r5'
      System::Call '*${SYSSTRUCT_PROPVARIANT}(${VT_LPWSTR},,$5)p.r4'
      ${IPropertyStore::SetValue} $2 '($3,$4)'
      ${IPropertyStore::Commit} $2 ""
      System::Free $3
      System::Free $4
      System::Free $5
      ${IUnknown::Release} $2 ""
    ${EndIf}
    ${IPersistFile::Save} $1 '("$9",1)'
    ${IUnknown::Release} $1 ""
  ${EndIf}
  ${IUnknown::Release} $0 ""
FunctionEnd

Section "Uninstall"
  Delete "$TEMP\hazard-desk-setup.log"
  !insertmacro RUNNING "un." "hazard-desk.exe"
  !insertmacro RUNNING "un." "hazard-desk-cli.exe"
  SetOutPath "$TEMP"
  RMDir /r "$INSTDIR\${OURS}\_internal"
  Delete "$INSTDIR\${OURS}\hazard-desk.exe"
  Delete "$INSTDIR\${OURS}\hazard-desk-cli.exe"
  RMDir "$INSTDIR\${OURS}" ; only where it is empty: a desk in it stays
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  Delete "$SMPROGRAMS\${TITLE}.lnk"
  Delete "$DESKTOP\${TITLE}.lnk"
  DeleteRegKey HKCU "${ENTRY}"
  !insertmacro SAY "已经卸载。台账、备份和设置都留在原处。"
SectionEnd
